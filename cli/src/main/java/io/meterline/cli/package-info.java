/** The command line: one class a command. */
@NullMarked
package io.meterline.cli;

import org.jspecify.annotations.NullMarked;
