import { largestLogoBytes } from '../../contract/templates.ts';
import { os } from '../../rpc/implementer.ts';
import { sampleReport } from './sample-report.ts';
import { pathsOf } from './values.ts';

export const templatesHandlers = {
  list: os.templates.list.handler(({ input, context }) => context.workspace.design.templates.list(input)),
  vocabulary: os.templates.vocabulary.handler(({ input }) => {
    const { values, sections } = sampleReport(input.kind, input.language);
    return { sections: sections.map(({ id, title }) => ({ id, title })), values: pathsOf(values) };
  }),
  save: os.templates.save.handler(({ input, context, signal }) => context.workspace.design.templates.save(context.act, input, signal)),
  remove: os.templates.remove.handler(({ input, context }) => {
    context.workspace.design.templates.remove(context.act, input);
    return {};
  }),
  preview: os.templates.preview.handler(({ input, context, signal }) => context.workspace.design.preview(input, signal)),
  organisation: os.templates.organisation.handler(({ context }) => context.workspace.design.organisation.get()),
  setOrganisation: os.templates.setOrganisation.handler(({ input, context, signal }) => {
    const { logo, ...rest } = input;
    const file = logo ? context.files.read(logo, largestLogoBytes).bytes : logo;
    return context.workspace.design.organisation.set(context.act, { ...rest, logo: file }, signal);
  }),
};
