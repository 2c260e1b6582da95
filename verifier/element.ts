type Child = Node | string | null;
type Properties = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** An element with attributes, `on…` listeners and children; texts stay texts, whatever stands in them. */
export function element(name: string, properties: Properties = {}, ...children: readonly Child[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(key.replace(/^on/, ''), value);
    else if (value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A text from the report: it may run the other way, and must not turn what stands around it. */
export function foreign(text: string): HTMLElement {
  return element('bdi', {}, text);
}
