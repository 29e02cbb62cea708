"""The catalogue of checks, a module a family: 发文字号, 版头, 标题, 主送, 层次, 附件, 落款, 版记, 标点, 数量, 通用."""
