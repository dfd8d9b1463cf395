/** What the tests of several modules share: contract suites, fakes and samples. */
@NullMarked
package io.meterline.testing;

import org.jspecify.annotations.NullMarked;
