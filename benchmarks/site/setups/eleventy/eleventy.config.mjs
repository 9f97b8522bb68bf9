import { feedPlugin } from "@11ty/eleventy-plugin-rss";

export default function (config) {
  config.addPlugin(feedPlugin, {
    type: "atom",
    outputPath: "/feed.xml",
    collection: { name: "posts", limit: 20 },
    metadata: { language: "en", title: "Digests", base: "https://blog.example/", author: { name: "Digests" } },
  });
  // As a folder: one pattern for 11,000 pictures opens them all at once, more than systems allow.
  config.addPassthroughCopy({ "src/posts": "posts" }, { filter: ["**/*.webp"] });
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("without", (tags) => (tags || []).filter((tag) => tag !== "posts" && tag !== "all"));
  config.setFrontMatterParsingOptions({});
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false };
}
