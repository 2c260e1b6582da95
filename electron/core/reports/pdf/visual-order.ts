const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const leftToRight = /[\p{L}\p{N}]/u;
const mirrored: Readonly<Record<string, string>> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
  '«': '»',
  '»': '«',
};

/**
 * The characters of one line as they stand on paper, left to right. Stretches of right-to-left writing are turned round
 * within the line, numbers and Latin words in them are not: the common case of Unicode's algorithm (UAX 9) for a line whose
 * paragraph runs from left to right, without explicit marks. Letters are not joined.
 */
export function visualOrder(text: string): readonly string[] {
  const characters = [...text];
  if (!rightToLeft.test(text)) return characters;
  const shown: string[] = [];
  for (let start = 0; start < characters.length;) {
    if (!rightToLeft.test(characters[start] ?? '')) {
      shown.push(characters[start] ?? '');
      start += 1;
      continue;
    }
    const end = endOfStretch(characters, start);
    shown.push(...turned(characters.slice(start, end)));
    start = end;
  }
  return shown;
}

/** From the first right-to-left letter to the last one that no left-to-right letter comes before; numbers go along. */
function endOfStretch(characters: readonly string[], start: number): number {
  let end = start + 1;
  for (let index = start; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (rightToLeft.test(character)) end = index + 1;
    else if (/\p{L}/u.test(character)) break;
    else if (/\p{N}/u.test(character)) end = index + 1;
  }
  return end;
}

function turned(stretch: readonly string[]): string[] {
  const shown: string[] = [];
  for (let end = stretch.length; end > 0;) {
    let start = end - 1;
    const isForward = (index: number) => {
      const character = stretch[index] ?? '';
      return leftToRight.test(character) && !rightToLeft.test(character);
    };
    // A number keeps its order, with the point or the colon inside it.
    while (
      isForward(end - 1) &&
      start > 0 &&
      (isForward(start - 1) || (/[.,:/-]/.test(stretch[start - 1] ?? '') && start > 1 && isForward(start - 2)))
    )
      start -= 1;
    for (const character of stretch.slice(start, end)) shown.push(end - start === 1 ? (mirrored[character] ?? character) : character);
    end = start;
  }
  return shown;
}
