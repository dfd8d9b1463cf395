/** What the serverless agent does with one event: all of it is safe, or the event comes again. */
@NullMarked
package io.meterline.agent;

import org.jspecify.annotations.NullMarked;
