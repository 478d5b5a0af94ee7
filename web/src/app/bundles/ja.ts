export default import.meta.glob<Record<string, unknown>>('../../**/locale/ja.json', { eager: true, import: 'default' });
