/** Delivers what is found as batches: the agents, streams, and the isolation of refused records. */
@NullMarked
package io.meterline.core.delivery;

import org.jspecify.annotations.NullMarked;
