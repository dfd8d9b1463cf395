/** What a record is: read, check, minify, complete, identify. */
@NullMarked
package io.meterline.core.record;

import org.jspecify.annotations.NullMarked;
