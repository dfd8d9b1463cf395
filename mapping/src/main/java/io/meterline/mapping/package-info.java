/**
 * Rules that make meter records of log events in other formats, and the files they are read from.
 */
@NullMarked
package io.meterline.mapping;

import org.jspecify.annotations.NullMarked;
