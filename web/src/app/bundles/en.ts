export default import.meta.glob<Record<string, unknown>>('../../**/locale/en.json', { eager: true, import: 'default' });
