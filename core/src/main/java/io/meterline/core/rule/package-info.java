/** What mapping rules plug into. */
@NullMarked
package io.meterline.core.rule;

import org.jspecify.annotations.NullMarked;
