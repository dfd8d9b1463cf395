package io.meterline.mapping;

import io.meterline.core.rule.Mapper;
import io.meterline.core.rule.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules of a file, ready to be applied. One serves all threads. */
public final class Rules implements Mapping {
  private final String file;
  private final List<Rule> rules;
  private final Map<String, Integer> words = new LinkedHashMap<>();
  private final WordSearch search;
  private final long[][] wordsOfRules;

  Rules(String file, List<Rule> rules) {
    this.file = file;
    this.rules = List.copyOf(rules);
    for (Rule rule : rules) {
      rule.head().contains().forEach(word -> words.putIfAbsent(word, words.size()));
    }
    this.search = new WordSearch(words.keySet().stream().map(RuleHead::utf8).toList());
    this.wordsOfRules = new long[rules.size()][];
    for (Rule rule : rules) {
      long[] set = search.newSet();
      rule.head().contains().forEach(word -> put(words.getOrDefault(word, 0), set));
      wordsOfRules[rule.index()] = set;
    }
  }

  private static void put(int word, long[] set) {
    set[word >> 6] |= 1L << word;
  }

  /** What the file is called. */
  public String file() {
    return file;
  }

  /** The names of the rules, in their order. */
  public List<String> names() {
    return rules.stream().map(Rule::name).toList();
  }

  @Override
  public Mapper mapper() {
    return new RulesMapper(this);
  }

  /** Tells of single events what becomes of them, and why. */
  public Explainer explainer() {
    return new Explainer(this);
  }

  List<Rule> rules() {
    return rules;
  }

  WordSearch search() {
    return search;
  }

  /** The rules that take events of a log group. */
  Rule[] of(String logGroup) {
    return rules.stream().filter(rule -> rule.head().isOfGroup(logGroup)).toArray(Rule[]::new);
  }

  boolean isFound(String word, long[] found) {
    int index = words.getOrDefault(word, 0);
    return (found[index >> 6] & 1L << index) != 0;
  }

  /** Whether all words of the rule are in the set. */
  boolean hasWords(Rule rule, long[] found) {
    long[] wanted = wordsOfRules[rule.index()];
    for (int i = 0; i < wanted.length; i++) {
      if ((wanted[i] & ~found[i]) != 0) {
        return false;
      }
    }
    return true;
  }
}
