/** Writes meter records as log lines, each in one piece: what an application links. */
@NullMarked
package io.meterline.emitter;

import org.jspecify.annotations.NullMarked;
