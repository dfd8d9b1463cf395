/** The documented facts, one test each. */
@NullMarked
package io.meterline.local;

import org.jspecify.annotations.NullMarked;
