/** The ledger over HTTP. */
@NullMarked
package io.meterline.ledger.http;

import org.jspecify.annotations.NullMarked;
