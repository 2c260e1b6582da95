/** Places a section of the report. */
export const sectionTag = (id: string): string => `{% section '${id}' %}`;

/** A value of the report; a moment, which is a number in the data, as a person reads it. */
export const valueTag = (path: string): string => (/(?:^|[.\]])(?:at|\w+At)$/.test(path) ? `{{ ${path} | time }}` : `{{ ${path} }}`);
