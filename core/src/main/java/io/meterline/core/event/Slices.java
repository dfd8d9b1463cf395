package io.meterline.core.event;

import java.util.Arrays;

/** Stretches of an array, in order. */
final class Slices {
  private int[] bounds = new int[16];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int from, int to) {
    if (size + 2 > bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[size++] = from;
    bounds[size++] = to;
  }

  int count() {
    return size / 2;
  }

  int from(int index) {
    return bounds[2 * index];
  }

  int to(int index) {
    return bounds[2 * index + 1];
  }

  /** The bytes of all stretches, end to end. */
  byte[] copyOf(byte[] source) {
    int length = 0;
    for (int i = 0; i < count(); i++) {
      length += to(i) - from(i);
    }
    byte[] copy = new byte[length];
    int at = 0;
    for (int i = 0; i < count(); i++) {
      System.arraycopy(source, from(i), copy, at, to(i) - from(i));
      at += to(i) - from(i);
    }
    return copy;
  }
}
