/** What extraction costs beside decompression, and beside other agents. */
@NullMarked
package io.meterline.benchmarks.extraction;

import org.jspecify.annotations.NullMarked;
