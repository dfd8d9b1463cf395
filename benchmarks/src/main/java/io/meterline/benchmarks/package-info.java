/** JMH benchmarks, run by hand. */
@NullMarked
package io.meterline.benchmarks;

import org.jspecify.annotations.NullMarked;
