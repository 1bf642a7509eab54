# The same verbs for both halves. Everything is done by scripts/, which needs nothing but Python 3.11 or newer.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
ifeq ($(PYTHON),)
$(error 需要 Python 3.11 或更新版本：apt-get install python3 · Python 3.11 or newer is needed: apt-get install python3)
endif

.DEFAULT_GOAL := help
.PHONY: help run setup db stop test check fix bench clean

run setup db stop test check fix bench clean:
	@$(PYTHON) -m scripts $@

help:
	@echo 'make run     启动：安装所缺、建库、载入演示城市、构建前端并服务 · install what is missing, load the demo, serve'
	@echo '             PORT=8000  HOST=127.0.0.1  DEMO=0  DATABASE_URL=postgis://…  LUODI_BASE_PATH=/luodi （见 .env.example）'
	@echo 'make test    全部检查与测试 · every check and test, from nothing'
	@echo 'make check   格式、类型、迁移与前端单元测试 · lint, types, migrations, frontend unit tests'
	@echo 'make fix     自动修正格式 · mend what tools can mend'
	@echo 'make bench   性能测量 · the measurements of benchmarks/'
	@echo 'make setup   只安装 · only install'
	@echo 'make db      只启动私有数据库 · only the private database'
	@echo 'make stop    停止服务与数据库 · stop the service and the database'
	@echo 'make clean   删除数据库与所有生成物（数据会丢失） · delete the database, its data and all that was made'
