/**
 * CloudWatch Logs payloads: gzip members, aggregated records and JSON documents, opened to log
 * events.
 */
@NullMarked
package io.meterline.payload;

import org.jspecify.annotations.NullMarked;
