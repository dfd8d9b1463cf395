package io.meterline.cli;

import io.meterline.mapping.BadRules;

/** A rule file that is wrong: all that is wrong in it is said, a line each. */
final class UnusableRules extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableRules(BadRules cause) {
    super(cause.getMessage(), cause);
  }
}
