/** From log events to objects in S3: what an agent does in a second of a core, and on what. */
@NullMarked
package io.meterline.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
