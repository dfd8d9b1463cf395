package io.meterline.source;

import io.meterline.Origin;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What lines do not say of themselves.
 *
 * @param name what stands before the offset in their ids: the file's absolute path, say
 * @param clock the time of a line that starts with none; null where such a line has no time, since
 *     it is read again and must be the same then
 */
public record LineContext(Origin origin, String name, @Nullable InstantSource clock) {}
