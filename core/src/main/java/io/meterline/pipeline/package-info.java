/** The run from a file or stream to a sink: cuts, checkpoints, acknowledgement. */
@NullMarked
package io.meterline.pipeline;

import org.jspecify.annotations.NullMarked;
