import pages from '#rule-pages';

/** The pages of `docs/rules`, Markdown by code. They are many: this file is loaded late. */
export const rulePages: Readonly<Record<string, string>> = pages;
