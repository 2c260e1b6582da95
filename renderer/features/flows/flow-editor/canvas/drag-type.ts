/** The media type a palette entry is dragged under. */
export const dragType = 'application/x-redoubt-node-type';
