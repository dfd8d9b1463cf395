/** When to try again, and until when. */
@NullMarked
package io.meterline.core.retry;

import org.jspecify.annotations.NullMarked;
