/** The values that travel and the ports that take them: batches, sinks, quarantine. */
@NullMarked
package io.meterline.core;

import org.jspecify.annotations.NullMarked;
