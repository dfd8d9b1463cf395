/** A ledger's server under load for a long time, on a disk that is full now and then. */
@NullMarked
package io.meterline.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
