package io.meterline.mapping;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * Finds which of many words a text holds, in one pass over its bytes (Aho and Corasick's automaton,
 * with a table of the bytes that occur in words).
 */
final class WordSearch {
  private final int words;
  private final int[] classes = new int[256];
  private final int classCount;

  /** Where to go from a state, times the count of classes; its complement where words end there. */
  private final int[] next;

  /** For each state the words that end there, one bit each. */
  private final long[][] found;

  /** Searches for none of an empty list. */
  WordSearch(List<byte[]> patterns) {
    words = patterns.size();
    classCount = classify(patterns);
    List<int[]> states = new ArrayList<>();
    List<long[]> ends = new ArrayList<>();
    add(states, ends);
    for (int word = 0; word < words; word++) {
      int state = 0;
      for (byte b : patterns.get(word)) {
        int of = classes[b & 0xFF];
        if (states.get(state)[of] < 0) {
          states.get(state)[of] = states.size();
          add(states, ends);
        }
        state = states.get(state)[of];
      }
      ends.get(state)[word >> 6] |= 1L << word;
    }
    complete(states, ends);
    next = new int[states.size() * classCount];
    found = new long[states.size()][];
    for (int state = 0; state < states.size(); state++) {
      for (int of = 0; of < classCount; of++) {
        int to = states.get(state)[of];
        next[state * classCount + of] =
            isEmpty(ends.get(to)) ? to * classCount : ~(to * classCount);
      }
      found[state] = ends.get(state);
    }
  }

  /** Bytes that are in no word are all of class 0; returns how many classes there are. */
  private int classify(List<byte[]> patterns) {
    int count = 1;
    for (byte[] pattern : patterns) {
      for (byte b : pattern) {
        if (classes[b & 0xFF] == 0) {
          classes[b & 0xFF] = count++;
        }
      }
    }
    return count;
  }

  private void add(List<int[]> states, List<long[]> ends) {
    int[] row = new int[classCount];
    Arrays.fill(row, -1);
    states.add(row);
    ends.add(new long[(words >> 6) + 1]);
  }

  /** Puts in place of each missing step the one that the longest proper suffix takes. */
  private void complete(List<int[]> states, List<long[]> ends) {
    int[] suffix = new int[states.size()];
    Queue<Integer> queue = new ArrayDeque<>();
    for (int of = 0; of < classCount; of++) {
      int child = states.get(0)[of];
      if (child < 0) {
        states.get(0)[of] = 0;
      } else {
        queue.add(child);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      long[] own = ends.get(state);
      long[] inherited = ends.get(suffix[state]);
      for (int i = 0; i < own.length; i++) {
        own[i] |= inherited[i];
      }
      for (int of = 0; of < classCount; of++) {
        int child = states.get(state)[of];
        int otherwise = states.get(suffix[state])[of];
        if (child < 0) {
          states.get(state)[of] = otherwise;
        } else {
          suffix[child] = otherwise;
          queue.add(child);
        }
      }
    }
  }

  private static boolean isEmpty(long[] set) {
    return Arrays.stream(set).allMatch(bits -> bits == 0);
  }

  int words() {
    return words;
  }

  /** A set for the words that {@link #search} finds. */
  long[] newSet() {
    return new long[(words >> 6) + 1];
  }

  /** Puts the words that are in the text into the set, and takes out all others. */
  void search(byte[] text, int from, int to, long[] set) {
    Arrays.fill(set, 0);
    int state = 0;
    for (int i = from; i < to; i++) {
      state = next[state + classes[text[i] & 0xFF]];
      if (state < 0) {
        state = ~state;
        long[] here = found[state / classCount];
        for (int k = 0; k < here.length; k++) {
          set[k] |= here[k];
        }
      }
    }
  }
}
