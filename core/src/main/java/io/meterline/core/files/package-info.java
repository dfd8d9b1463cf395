/**
 * Delivers log files, with a checkpoint for each: growing, rotated, renamed, copied and changed
 * files.
 */
@NullMarked
package io.meterline.core.files;

import org.jspecify.annotations.NullMarked;
