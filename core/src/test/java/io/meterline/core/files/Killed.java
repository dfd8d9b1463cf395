package io.meterline.core.files;

/** The process is gone: nothing in it catches this and goes on. */
final class Killed extends Error {
  private static final long serialVersionUID = 1;
}
