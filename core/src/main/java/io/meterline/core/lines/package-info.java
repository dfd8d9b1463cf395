/** Log events from plain log files, line by line. */
@NullMarked
package io.meterline.core.lines;

import org.jspecify.annotations.NullMarked;
