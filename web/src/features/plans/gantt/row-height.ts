/** The height of one line of the timeline, as in its style sheet: arrows run from the middle of one to another's. */
export const rowHeight_px = 34;
