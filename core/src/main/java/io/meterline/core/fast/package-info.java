/** Faster inflation of gzip members; the JDK decides wherever it does not succeed. */
@NullMarked
package io.meterline.core.fast;

import org.jspecify.annotations.NullMarked;
