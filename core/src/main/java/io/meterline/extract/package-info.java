/** Finding meter records in log messages: markers, escapes, the record's rules, its completion. */
@NullMarked
package io.meterline.extract;

import org.jspecify.annotations.NullMarked;
