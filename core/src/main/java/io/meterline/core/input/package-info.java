/** Detects the form of an input and opens it. */
@NullMarked
package io.meterline.core.input;

import org.jspecify.annotations.NullMarked;
