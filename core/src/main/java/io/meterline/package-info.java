/** Meter records from log lines: the values that travel, and the ports that take them. */
@NullMarked
package io.meterline;

import org.jspecify.annotations.NullMarked;
