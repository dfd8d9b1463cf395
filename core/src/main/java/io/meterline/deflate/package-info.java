/** Inflates whole gzip members (RFC 1951) quickly, or leaves it to the JDK. */
@NullMarked
package io.meterline.deflate;

import org.jspecify.annotations.NullMarked;
