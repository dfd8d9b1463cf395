package io.meterline.mapping;

/** Names of log groups: {@code *} stands for any characters, {@code ?} for one. */
record GroupPattern(String text) {
  boolean matches(String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      char wanted = p < text.length() ? text.charAt(p) : 0;
      if (p < text.length() && wanted == '*') {
        star = p++;
        resume = n;
      } else if (p < text.length() && (wanted == '?' || wanted == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < text.length() && text.charAt(p) == '*') {
      p++;
    }
    return p == text.length();
  }
}
