/** Questions about usage, and their answers. */
@NullMarked
package io.meterline.ledger.usage;

import org.jspecify.annotations.NullMarked;
