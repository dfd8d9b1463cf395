/**
 * The ways in: Lambda events, payload files and plain log lines, read from streams in bounded
 * memory.
 */
@NullMarked
package io.meterline.source;

import org.jspecify.annotations.NullMarked;
