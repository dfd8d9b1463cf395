package io.meterline.benchmarks.ledger;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Draws the figures: a panel for each measure, with time over records, both in powers of ten. */
final class LedgerChart {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 400;
  private static final int LEFT = 80;
  private static final int TOP = 56;
  private static final int RIGHT = 110;
  private static final int BOTTOM = 56;
  private static final int LINE_HEIGHT = 15;

  /** What a clock tells as nothing. */
  private static final double LEAST_SECONDS = 0.0001;

  private static final Color INK = new Color(0x24292F);
  private static final Color GRID = new Color(0xD8DEE4);
  private static final Map<String, Color> COLORS =
      Map.of(
          "Meterline", new Color(0x0B6BCB),
          "SQLite", new Color(0xB35900),
          "PostgreSQL", new Color(0x5A6370));

  private final Graphics2D canvas;

  /** The panels by title: seconds by records, by store. */
  private final Map<String, Map<String, SortedMap<Double, Double>>> panels = new LinkedHashMap<>();

  private LedgerChart(Graphics2D canvas) {
    this.canvas = canvas;
  }

  public static void main(String[] arguments) throws IOException {
    write(Files.readAllLines(Path.of(arguments[0])), Path.of(arguments[1]));
  }

  static void write(List<String> lines, Path png) throws IOException {
    System.setProperty("java.awt.headless", "true");
    BufferedImage image = new BufferedImage(3 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
    LedgerChart chart = new LedgerChart(canvas);
    chart.read(lines);
    chart.draw();
    ImageIO.write(image, "png", png.toFile());
  }

  private void read(List<String> lines) {
    add("load", Measures.LOAD, 1, lines);
    add("load again: all duplicates", Measures.LOAD_AGAIN, 1, lines);
    for (Question question : Question.values()) {
      add(question.words(), Measures.milliseconds(question), 1000, lines);
    }
  }

  private void add(String title, String measure, double unit, List<String> lines) {
    Map<String, SortedMap<Double, Double>> panel = new LinkedHashMap<>();
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      if (fields[2].equals(measure)) {
        panel
            .computeIfAbsent(fields[0], store -> new TreeMap<>())
            .put(
                Double.parseDouble(fields[1]),
                Math.max(LEAST_SECONDS, Double.parseDouble(fields[3]) / unit));
      }
    }
    panels.put(title, panel);
  }

  private void draw() {
    int panel = 0;
    for (Map.Entry<String, Map<String, SortedMap<Double, Double>>> entry : panels.entrySet()) {
      canvas.translate(panel % 3 * WIDTH, panel / 3 * HEIGHT);
      draw(entry.getKey(), entry.getValue());
      canvas.translate(-(panel % 3) * WIDTH, -(panel / 3) * HEIGHT);
      panel++;
    }
  }

  private void draw(String title, Map<String, SortedMap<Double, Double>> stores) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    stores.values().forEach(points -> points.keySet().forEach(value -> x.add(Math.log10(value))));
    stores.values().forEach(points -> points.values().forEach(value -> y.add(Math.log10(value))));
    Axis across = Axis.over(x, LEFT, WIDTH - RIGHT);
    Axis up = Axis.over(y, HEIGHT - BOTTOM, TOP);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    canvas.setColor(INK);
    canvas.drawString(title, LEFT, TOP - 24);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    grid(across, up);
    SortedMap<Double, String> ends = new TreeMap<>();
    stores.forEach((store, points) -> ends.put(line(store, points, across, up), store));
    names(ends);
  }

  private void grid(Axis across, Axis up) {
    for (int power = up.least(); power <= up.most(); power++) {
      double at = up.at(power);
      canvas.setColor(GRID);
      canvas.draw(new Line2D.Double(LEFT, at, WIDTH - RIGHT, at));
      canvas.setColor(INK);
      right(seconds(power), LEFT - 8, at + 5);
    }
    for (int power = across.least(); power <= across.most(); power++) {
      double at = across.at(power);
      canvas.setColor(GRID);
      canvas.draw(new Line2D.Double(at, TOP, at, HEIGHT - BOTTOM));
      canvas.setColor(INK);
      String text = "10^" + power;
      canvas.drawString(text, (float) at - 14, HEIGHT - BOTTOM + 20f);
    }
    canvas.drawString("records", (LEFT + WIDTH - RIGHT) / 2f - 24, HEIGHT - BOTTOM + 42f);
  }

  private static String seconds(int power) {
    return switch (power) {
      case -4 -> "0.1 ms";
      case -3 -> "1 ms";
      case -2 -> "10 ms";
      case -1 -> "100 ms";
      default -> power < 0 ? "10^" + power + " s" : "1" + "0".repeat(power) + " s";
    };
  }

  private void right(String text, double x, double y) {
    canvas.drawString(text, (float) x - canvas.getFontMetrics().stringWidth(text), (float) y);
  }

  /** Draws a store's line; returns where it ends. */
  private double line(String store, SortedMap<Double, Double> points, Axis across, Axis up) {
    canvas.setColor(COLORS.getOrDefault(store, INK));
    canvas.setStroke(new BasicStroke(2.4f));
    double lastX = 0;
    double lastY = 0;
    for (Map.Entry<Double, Double> point : points.entrySet()) {
      double x = across.at(Math.log10(point.getKey()));
      double y = up.at(Math.log10(point.getValue()));
      if (lastX > 0) {
        canvas.draw(new Line2D.Double(lastX, lastY, x, y));
      }
      canvas.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8));
      lastX = x;
      lastY = y;
    }
    canvas.setStroke(new BasicStroke(1f));
    return lastY;
  }

  /** Lines that end close together must not have one name upon another. */
  private void names(SortedMap<Double, String> ends) {
    double lowest = 0;
    for (Map.Entry<Double, String> end : ends.entrySet()) {
      double y = Math.max(end.getKey() + 5, lowest);
      lowest = y + LINE_HEIGHT;
      canvas.setColor(COLORS.getOrDefault(end.getValue(), INK));
      canvas.drawString(end.getValue(), WIDTH - RIGHT + 10f, (float) y);
    }
  }

  /** Powers of ten, and where they lie. */
  private record Axis(int least, int most, double from, double to) {
    static Axis over(List<Double> logs, double from, double to) {
      int least = (int) Math.floor(logs.stream().mapToDouble(log -> log).min().orElse(0));
      int most = (int) Math.ceil(logs.stream().mapToDouble(log -> log).max().orElse(1));
      return new Axis(least, Math.max(most, least + 1), from, to);
    }

    double at(double log) {
      return from + (to - from) * (log - least) / (most - least);
    }
  }
}
