/** A REST API that meters itself in five ways: three from its own code, two by its log. */
@NullMarked
package io.meterline.demo;

import org.jspecify.annotations.NullMarked;
