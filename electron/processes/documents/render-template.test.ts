import { expect, test } from 'vitest';
import { renderTemplateInThread } from './render-template.ts';

const never = new AbortController().signal;

test('values beyond what a thread can hold are refused before it starts, the most it is given fit', async () => {
  const codes = async (values: string) => {
    const { problems } = await renderTemplateInThread({ text: '{{ list | size }}', values, sections: [], strict: true }, never);
    return problems.map(({ code }) => code);
  };
  const element = '{"a":[{"b":[1,"c"]}]},';
  const list = (length: number) => `{"list":[${element.repeat(Math.floor(length / element.length))}0]}`;
  expect(await codes(list(17 * 1024 * 1024))).toEqual(['templates/too-much']);
  expect(await codes(list(16 * 1024 * 1024 - 100))).toEqual([]);
});

test('a rendering that is called off ends its thread', async () => {
  const input = {
    text: '{% for i in (1..9000) %}{% for j in (1..9000) %}{% endfor %}{% endfor %}',
    values: '{}',
    sections: [],
    strict: true,
  };
  const controller = new AbortController();
  const rendering = renderTemplateInThread(input, controller.signal);
  controller.abort();
  await expect(rendering).rejects.toMatchObject({ name: 'AbortError' });
});
