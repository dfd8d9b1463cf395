/** Trying again: after a wait, or in smaller pieces. */
@NullMarked
package io.meterline.retry;

import org.jspecify.annotations.NullMarked;
