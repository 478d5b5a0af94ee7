export default import.meta.glob<Record<string, unknown>>('/src/**/locale/ja.json', { eager: true, import: 'default' });
