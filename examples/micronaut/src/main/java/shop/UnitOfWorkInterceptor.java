package shop;

import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import jakarta.inject.Singleton;

@Singleton
@InterceptorBean(InUnitOfWork.class)
public class UnitOfWorkInterceptor implements MethodInterceptor<Object, Object> {

    private final Databases databases;

    UnitOfWorkInterceptor(Databases databases) {
        this.databases = databases;
    }

    @Override
    public Object intercept(MethodInvocationContext<Object, Object> call) {
        try (UnitOfWork unit = databases.unitOfWork()) {
            return call.proceed();
        }
    }
}
